import { useContext } from 'react';
import type { CampaignView } from '../../contract/campaign.ts';
import { CampaignContext } from './campaign.ts';
import { stateName } from './register-words.ts';
import { useWords } from './words.ts';

/** Six tones; which shape a state has says more than its tone. */
export type Tone = 'open' | 'claimed' | 'cleared' | 'verified' | 'overdue' | 'rebound';

type Shape =
  | 'ring'
  | 'half'
  | 'part'
  | 'diamond'
  | 'halfDiamond'
  | 'square'
  | 'squareRing'
  | 'dot'
  | 'triangle'
  | 'hook'
  | 'cross'
  | 'back'
  | 'dash';

const states: Readonly<Record<string, readonly [Tone, Shape]>> = {
  found: ['open', 'ring'],
  confirmed: ['open', 'ring'],
  supervised: ['open', 'ring'],
  planned: ['open', 'half'],
  rectifying: ['open', 'half'],
  staged: ['open', 'part'],
  returned: ['rebound', 'back'],
  claimed: ['claimed', 'diamond'],
  checked: ['claimed', 'halfDiamond'],
  accepted: ['claimed', 'halfDiamond'],
  cleared: ['cleared', 'square'],
  watched: ['cleared', 'squareRing'],
  settled: ['cleared', 'square'],
  verified: ['verified', 'dot'],
  failed: ['rebound', 'cross'],
  rebounded: ['rebound', 'hook'],
  overdue: ['overdue', 'triangle'],
  notFounded: ['open', 'dash'],
  withdrawn: ['open', 'dash'],
  merged: ['open', 'dash'],
  split: ['open', 'dash'],
  filed: ['open', 'half'],
  decided: ['cleared', 'square'],
  revoked: ['open', 'dash'],
  vanished: ['open', 'dash'],
};

/** Shapes of a register's states, in its order: it says what they are called, not which of them is good. */
const inOrder: readonly Shape[] = ['ring', 'square', 'half', 'part', 'diamond', 'squareRing', 'halfDiamond', 'dot'];

type Campaign = Pick<CampaignView, 'register' | 'states'>;

/** Tone and shape of a state: our own, or by its place among those of an outside register. */
export function lookOf(state: string, campaign: Campaign | undefined): readonly [Tone, Shape] {
  const listed = campaign?.register?.states;
  if (state === 'vanished' || listed === undefined || !Object.hasOwn(listed, state)) return states[state] ?? ['open', 'ring'];
  return ['open', inOrder[Math.max(0, campaign?.states.indexOf(state) ?? 0) % inOrder.length] ?? 'ring'];
}

export function toneOf(state: string): Tone {
  return states[state]?.[0] ?? 'open';
}

function Drawing({ shape }: { readonly shape: Shape }) {
  return (
    <svg viewBox="0 0 13 13" width="13" height="13" aria-hidden="true">
      {drawing[shape]}
    </svg>
  );
}

/** Shape and colour of a state alone, for places where its word stands beside it. */
export function StateSign({ state }: { readonly state: string }) {
  const [tone, shape] = lookOf(state, useContext(CampaignContext)?.campaign);
  return (
    <span className={`st st-${tone}`}>
      <Drawing shape={shape} />
    </span>
  );
}

/** Shape, colour and word of a state; an overdue problem says both that and where it stands. */
export function StateMark({
  state,
  overdue = false,
  word,
}: {
  readonly state: string;
  readonly overdue?: boolean;
  readonly word?: string;
}) {
  const words = useWords();
  const campaign = useContext(CampaignContext)?.campaign;
  const name = word ?? stateName(campaign ?? { register: null }, state, words);
  const [tone, shape] = overdue ? (['overdue', 'triangle'] as const) : lookOf(state, campaign);
  return (
    <span className={`st st-${tone}`}>
      <Drawing shape={shape} />
      {overdue ? `${words.t('states:overdue')} ${name}` : name}
    </span>
  );
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const;

const drawing: Readonly<Record<Shape, React.ReactNode>> = {
  ring: <circle cx="6.5" cy="6.5" r="5" {...line} />,
  half: (
    <>
      <circle cx="6.5" cy="6.5" r="5" {...line} />
      <path d="M6.5 1.5a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  part: (
    <>
      <rect x="2" y="2" width="9" height="9" {...line} />
      <path d="M2 11V6.5h9V11z" fill="currentColor" />
    </>
  ),
  diamond: <path d="M6.5 1 12 6.5 6.5 12 1 6.5z" {...line} />,
  halfDiamond: (
    <>
      <path d="M6.5 1 12 6.5 6.5 12 1 6.5z" {...line} />
      <path d="M6.5 1 12 6.5 6.5 12z" fill="currentColor" />
    </>
  ),
  square: <rect x="1.5" y="1.5" width="10" height="10" fill="currentColor" />,
  squareRing: (
    <>
      <rect x="1.5" y="1.5" width="10" height="10" {...line} />
      <rect x="4" y="4" width="5" height="5" fill="currentColor" />
    </>
  ),
  dot: (
    <>
      <circle cx="6.5" cy="6.5" r="5" {...line} />
      <circle cx="6.5" cy="6.5" r="2.2" fill="currentColor" />
    </>
  ),
  triangle: <path d="M6.5 1 12.3 12H.7z" fill="currentColor" />,
  hook: <path d="M3 12V5.5a3.5 3.5 0 0 1 7 0V9M7.4 6.8 10 9.6l2.6-2.8" {...line} strokeWidth={1.7} />,
  cross: <path d="M2 2l9 9M11 2l-9 9" stroke="currentColor" strokeWidth="1.9" />,
  back: <path d="M8.5 1.5 3 6.5l5.5 5" {...line} strokeWidth={1.8} />,
  dash: <path d="M1.5 6.5h10" stroke="currentColor" strokeWidth="1.9" />,
};
