import { z } from 'zod';
import { bilingual, instantText, slug } from '../../contract/common.ts';
import { aspectView, campaignView, figureDefinitionView, newAspect } from '../../contract/campaign.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { defineAspect } from '../../usecases/campaign/define-aspect.ts';
import { readCampaign, readCampaigns } from '../../usecases/campaign/read.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { presentCampaign } from './present.ts';

export const campaign: Feature = {
  name: 'campaign',
  routes,
  schemas: { Aspect: aspectView, Campaign: campaignView, FigureDefinition: figureDefinitionView },
};

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.campaigns,
    permission: 'session',
    summary: 'Campaigns the signed-in person has a role in',
    response: z.array(z.object({ slug, name: bilingual, mode: z.enum(['live', 'synthetic', 'historic']) })),
    sample: () => ({ place: null }),
    handle: ({ actor }) => readCampaigns(s, actor),
  });
  add({
    method: 'GET',
    url: api.campaign,
    permission: 'campaign.read',
    summary: 'A campaign with its classifications, places and figures as of an instant',
    params: z.object({ campaign: slug }),
    query: z.object({ asOf: instantText.optional() }).strict(),
    response: campaignView,
    sample: (e) => ({ params: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) =>
      presented(readCampaign(s, actor, { campaign: params.campaign, asOf: query.asOf }), presentCampaign),
  });
  add({
    method: 'POST',
    url: api.aspects,
    permission: 'aspect.define',
    summary: 'Add an aspect while the campaign runs',
    params: z.object({ campaign: slug }),
    body: newAspect,
    response: aspectView,
    status: 201,
    sample: (e) => ({
      params: { campaign: e.campaign },
      body: {
        code: 'central-inspection',
        name: { zh: 'a', en: 'a' },
        unit: { zh: 'a', en: 'a' },
        criteria: { zh: 'a', en: 'a' },
        evidence: [],
        acceptanceBody: 'b',
        noticeDays: 0,
        deadlineDays: 1,
      },
      place: null,
    }),
    handle: async ({ params, body, actor }) => {
      const done = await defineAspect(s, actor, { ...body, campaign: params.campaign });
      return isRefusal(done) ? done : done.aspect;
    },
  });
}
