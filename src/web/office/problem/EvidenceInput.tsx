import { useState } from 'react';
import type { z } from 'zod';
import type { evidence } from '../../../contract/items.ts';
import { formatWithOffset, instant } from '../../../domain/kernel/instant.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount, shortHash } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

export type Evidence = z.infer<typeof evidence>;

/** Takes files, fingerprints them in the browser and hands on only name, time, size and SHA-256. */
export function EvidenceInput({
  value = [],
  onChange,
  id,
}: {
  readonly value?: readonly Evidence[];
  readonly onChange?: (next: readonly Evidence[]) => void;
  readonly id?: string;
}) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);

  async function take(files: FileList | null): Promise<void> {
    if (files === null || files.length === 0) return;
    setBusy(true);
    const added: Evidence[] = [];
    for (const file of files) {
      const sha256 = hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      if ([...value, ...added].some((e) => e.sha256 === sha256)) continue;
      added.push({
        sha256,
        kind: kindOf(file.type),
        name: file.name.slice(0, 200),
        takenAt: formatWithOffset(instant(file.lastModified), campaign.utcOffsetMinutes),
        bytes: file.size,
      });
    }
    setBusy(false);
    onChange?.([...value, ...added]);
  }

  return (
    <div className="evi-in">
      <input
        id={id}
        type="file"
        multiple
        onChange={(e) => {
          const input = e.currentTarget;
          void take(input.files).then(() => {
            input.value = '';
          });
        }}
      />
      <p className="cap">{busy ? t('problem:evidence.hashing') : t('problem:evidence.onlyHash')}</p>
      <ul>
        {value.map((e) => (
          <li key={e.sha256}>
            <span>
              {t(`problem:evidence.kind.${e.kind}`)}　{e.name}
              {'　'}
              <span className="c3 sm">
                {formatCount(Math.ceil((e.bytes ?? 0) / 1024))} KB　{e.takenAt.slice(0, 16).replace('T', ' ')}
              </span>
              {'　'}
              <code className="mono">{shortHash(e.sha256)}</code>
            </span>
            <button type="button" className="linkbtn" onClick={() => onChange?.(value.filter((o) => o.sha256 !== e.sha256))}>
              {t('problem:evidence.remove')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
}

function kindOf(mime: string): Evidence['kind'] {
  if (mime.startsWith('image/')) return 'photo';
  if (mime.startsWith('video/')) return 'video';
  return 'document';
}
