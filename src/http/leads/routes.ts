import { z } from 'zod';
import { instantText, slug, uuid } from '../../contract/common.ts';
import { closeLeadBody, leadList } from '../../contract/leads.ts';
import { api } from '../../contract/paths/api.ts';
import { closeLead } from '../../usecases/leads/close.ts';
import { readLeads } from '../../usecases/leads/read.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { noSuchId } from '../server/sample.ts';
import { presentLeads } from './present.ts';

export const leads: Feature = { name: 'leads', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.leads,
    permission: 'lead.read',
    summary: 'Leads to look into, such as clearances given too quickly',
    query: z.object({ campaign: slug, asOf: instantText.optional() }).strict(),
    response: leadList,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => presented(readLeads(s, actor, query), presentLeads),
  });
  add({
    method: 'POST',
    url: api.leadClose,
    permission: 'lead.close',
    summary: 'Close a lead with what was found',
    params: z.object({ id: uuid }),
    query: z.object({ campaign: slug }).strict(),
    body: closeLeadBody,
    response: z.object({ closed: z.literal(true) }),
    sample: (e) => ({ params: { id: noSuchId }, query: { campaign: e.campaign }, body: { finding: 'f' }, place: null, allowed: 404 }),
    handle: ({ params, query, body, actor }) => closeLead(s, actor, { ...body, campaign: query.campaign, lead: params.id }),
  });
}
