import { decideReceive } from '../../src/domain/evidence/decide.ts';
import { foldEvidence } from '../../src/domain/evidence/state.ts';
import { evidenceStreamId } from '../../src/domain/evidence/stream.ts';
import type { Actor } from '../../src/domain/access/policy.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { CampaignRow } from '../../src/storage/acts/read.ts';
import { takeCommand } from '../../src/usecases/command/take.ts';
import type { Services } from '../../src/usecases/services.ts';

/** Receipt and seal of an object for a problem, as an upload leaves them; without bytes, for tests that only need the acts. */
export async function keepFor(
  s: Services,
  row: CampaignRow,
  by: Actor,
  item: { readonly id: string; readonly no: string; readonly place: number },
  sha256: string,
  deviceTakenAt: string | null = null,
): Promise<void> {
  const streamId = evidenceStreamId(row.slug, sha256);
  const receipt = {
    sha256,
    bytes: 1000,
    mediaType: 'image/jpeg',
    kind: 'photo' as const,
    name: '照片.jpg',
    takenAt: null,
    deviceTakenAt,
    hasLocation: false,
    itemId: item.id,
    itemNo: item.no,
    place: item.place,
  };
  const done = await takeCommand(s, {
    row,
    actor: by,
    id: undefined,
    happenedAt: undefined,
    subjectId: streamId,
    content: { ...receipt },
    decide: async (tools) => decideReceive(streamId, foldEvidence(await tools.hold(streamId)), receipt, []),
  });
  if (isRefusal(done)) throw new Error(`${done.code} ${JSON.stringify(done.details)}`);
}
