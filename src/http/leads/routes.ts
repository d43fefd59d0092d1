import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { instantText, slug, uuid } from '../../contract/common.ts';
import { closeLeadBody, leadList } from '../../contract/leads.ts';
import { api } from '../../contract/paths/api.ts';
import { closeLead } from '../../usecases/leads/close.ts';
import { readLeads } from '../../usecases/leads/read.ts';
import type { Services } from '../../usecases/services.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';

export function leadRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  addRoute(app, list, {
    method: 'GET',
    url: api.leads,
    permission: 'lead.read',
    summary: 'Leads to look into, such as clearances given too quickly',
    query: z.object({ campaign: slug, asOf: instantText.optional() }).strict(),
    response: leadList,
    handle: ({ query, actor }) => readLeads(s, actor, query),
  });
  addRoute(app, list, {
    method: 'POST',
    url: api.leadClose,
    permission: 'lead.close',
    summary: 'Close a lead with what was found',
    params: z.object({ id: uuid }),
    query: z.object({ campaign: slug }).strict(),
    body: closeLeadBody,
    response: z.object({ closed: z.literal(true) }),
    handle: ({ params, query, body, actor }) => closeLead(s, actor, { ...body, campaign: query.campaign, lead: params.id }),
  });
}
