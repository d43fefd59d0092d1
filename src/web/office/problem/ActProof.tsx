import { useState } from 'react';
import type { ActView } from '../../../contract/acts.ts';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { refusalWords } from '../../ui/refusal-words.ts';
import { useWords } from '../../ui/words.ts';

interface Proof {
  readonly proof: string;
  readonly key: string;
}

/** The proof that an act stands in the signed log, fetched when it is asked for; it can be taken away and checked without us. */
export function ActProof({ act }: { readonly act: ActView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const [state, setState] = useState<Proof | string | undefined>();
  const load = () => {
    if (state !== undefined && typeof state !== 'string') return;
    apiGet<Proof>(to(api.logProof, { campaign: campaign.slug, act: act.id }))
      .then(setState)
      .catch((error: unknown) => setState(refusalWords(error, words)));
  };
  return (
    <details className="proof" onToggle={(e) => e.currentTarget.open && load()}>
      <summary>{t('problem:proof.title')}</summary>
      <dl>
        <dt>{t('problem:proof.leaf')}</dt>
        <dd className="mono">{act.leafHash}</dd>
        {typeof state === 'string' && <dd role="status">{state}</dd>}
        {typeof state === 'object' && <Shown proof={state} file={`${act.id}.tlog-proof`} />}
      </dl>
    </details>
  );
}

function Shown({ proof, file }: { readonly proof: Proof; readonly file: string }) {
  const { t } = useWords();
  const lines = proof.proof.split('\n');
  const index = Number(lines[1]?.slice('index '.length));
  const checkpoint = lines.slice(lines.indexOf('') + 1);
  return (
    <>
      <dt>{t('problem:proof.place')}</dt>
      <dd>{t('problem:proof.of', { index: formatCount(index), size: formatCount(Number(checkpoint[1])) })}</dd>
      <dt>{t('problem:proof.root')}</dt>
      <dd className="mono">{checkpoint[2]}</dd>
      <dt>{t('problem:proof.key')}</dt>
      <dd className="mono">{proof.key}</dd>
      <dd>
        <a download={file} href={`data:text/plain;charset=utf-8,${encodeURIComponent(proof.proof)}`}>
          {t('problem:proof.download')}
        </a>
      </dd>
    </>
  );
}
