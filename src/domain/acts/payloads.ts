import type { CampaignPayloads } from '../campaign/acts.ts';
import type { CentralPayloads } from '../central/acts.ts';
import type { EvidencePayloads } from '../evidence/acts.ts';
import type { InspectionPayloads } from '../inspection/acts.ts';
import type { LeadPayloads } from '../leads/acts.ts';
import type { PenaltyPayloads } from '../penalties/acts.ts';
import type { ProblemPayloads } from '../problems/acts.ts';
import type { ProjectPayloads } from '../projects/acts.ts';
import type { BulletinPayloads } from '../publication/acts.ts';
import type { RegisterPayloads } from '../registers/acts.ts';
import type { ReleasePayloads } from '../release/acts.ts';
import type { SourcePayloads } from '../sources/acts.ts';
import type { SupervisionPayloads } from '../supervision/acts.ts';

/** Payload of each kind of act, by feature. Kinds are past tense; a new kind shows every switch that must learn it. */
export interface Payloads
  extends CampaignPayloads,
    SourcePayloads,
    InspectionPayloads,
    ProblemPayloads,
    SupervisionPayloads,
    PenaltyPayloads,
    CentralPayloads,
    ProjectPayloads,
    EvidencePayloads,
    RegisterPayloads,
    ReleasePayloads,
    BulletinPayloads,
    LeadPayloads {}
