import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const campaignRefusals = {
  'aspect.exists': says(409, '方面“{code}”已存在；请换一个代码，或为它发布新版本。', 'The aspect "{code}" exists. Choose another code.'),
  'campaign.exists': says(409, '专项行动“{campaign}”已存在；请换一个名称。', 'The campaign "{campaign}" exists. Choose another name.'),
  'campaign.unknown': says(404, '没有名为“{campaign}”的专项行动；请核对名称。', 'There is no campaign "{campaign}". Check the name.'),
  'campaign.records-only': says(
    422,
    '“{campaign}”由登记册数据导入而成：其内容只随登记册快照变化，不能在此登记或办理。可以发布数据、编写通报。',
    '"{campaign}" was loaded from a register: it changes with the register\'s snapshots only, nothing is recorded in it by hand. Its figures can be published and quoted.',
  ),
  'campaign.not-historic': says(
    409,
    '“{campaign}”不是历史登记册，不能导入带过去记录时刻的数据。',
    '"{campaign}" is not a historic campaign; records with a past recording time cannot be loaded into it.',
  ),
  'place.unknown': says(404, '没有这个地方。', 'There is no such place.'),
} as const;
