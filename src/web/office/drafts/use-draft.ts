import { useEffect, useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { ApiError } from '../../ui/api.ts';
import { say } from '../../ui/notice.tsx';
import { ownerOfPage } from '../../ui/person.ts';
import { useWords } from '../../ui/words.ts';
import { isLostByLeaving, loseByLeaving } from './guard.ts';
import { sameValues } from './same-values.ts';
import { browserStorage, dropDraft, findDraft, hasPersonal, keepDraft } from './store.ts';

export interface Draft<T> {
  /** What the form begins with: what was typed before, or what it always begins with. */
  readonly values: T;
  /** When what is restored was typed; null when nothing is, or it was discarded. */
  readonly restoredAt: number | null;
  /** The version of the object that the person has seen; null where there is none. */
  readonly version: number | null;
  /** The person has seen a newer version. */
  readonly see: (version: number) => void;
  /** The id to send the command with: the same until it was taken. */
  readonly commandId: string;
  /** Keeps what stands in the form now. */
  readonly keep: (values: T) => void;
  /** The form holds nothing of its own any more. */
  readonly forget: () => void;
  /** The command was taken: nothing is left to keep. */
  readonly sent: () => void;
  /** The person does not want it back. The form has to show `start` again. */
  readonly discard: () => void;
  /** Whether the form may close: what is kept is said to be, what cannot be kept is asked about. */
  readonly mayClose: () => boolean;
  /** A refusal that the id itself caused lets the next try be a command of its own. */
  readonly refused: (error: unknown) => void;
}

/**
 * What is typed into a form, kept per person, form and object until it is sent: through Escape, a click beside it, a link,
 * Back, a reload, an ended session and a refusal. What cannot be kept (names of persons; a browser that stores nothing) is asked about.
 */
export function useDraft<T extends object>(o: {
  readonly form: string;
  readonly object: string;
  /** What the form begins with when nothing was typed. */
  readonly start: T;
  /** As it stands when the form is opened. */
  readonly version?: number;
}): Draft<T> {
  const { t } = useWords();
  const [name] = useState(() => ({ person: ownerOfPage()?.id ?? '', form: o.form, object: o.object }));
  const [start] = useState(o.start);
  const [found] = useState(() => findDraft(browserStorage(), name, Date.now()));
  const [restoredAt, setRestoredAt] = useState(found?.at ?? null);
  const [version, setVersion] = useState(found?.version ?? o.version ?? null);
  const [commandId, setCommandId] = useState(() => found?.commandId ?? newId());
  // What the guard knows it by.
  const [mark] = useState(() => ({}));
  const kept = useRef(found !== undefined);
  useEffect(() => {
    return () => loseByLeaving(mark, false);
  }, [mark]);

  const set = (isKept: boolean, isLost: boolean) => {
    kept.current = isKept;
    loseByLeaving(mark, isLost);
  };
  return {
    values: found === undefined ? start : ({ ...start, ...found.values } as T),
    restoredAt,
    version,
    see: setVersion,
    commandId,
    keep: (values) => {
      if (sameValues(values, start)) {
        dropDraft(browserStorage(), name);
        set(false, false);
        return;
      }
      const draft = {
        at: Date.now(),
        commandId,
        version,
        values: { ...values } as Record<string, unknown>,
      };
      const isKept = name.person !== '' && keepDraft(browserStorage(), name, draft);
      set(isKept, !isKept || hasPersonal(draft.values));
    },
    forget: () => {
      dropDraft(browserStorage(), name);
      set(false, false);
    },
    sent: () => {
      dropDraft(browserStorage(), name);
      set(false, false);
      setRestoredAt(null);
      setCommandId(newId());
    },
    discard: () => {
      dropDraft(browserStorage(), name);
      set(false, false);
      setRestoredAt(null);
      setVersion(o.version ?? null);
      // What is typed from here on is another command, whatever became of the one before.
      setCommandId(newId());
    },
    mayClose: () => {
      if (isLostByLeaving(mark) && !globalThis.confirm(t('shell:draft.leave'))) return false;
      if (kept.current) say(t('shell:draft.kept'));
      return true;
    },
    refused: (error) => {
      if (error instanceof ApiError && error.problem.code === 'command.id-conflict') setCommandId(newId());
    },
  };
}

/** Keeps what was typed into a form that is about to be opened under another name. */
export function keepNow(form: string, object: string, values: object, version: number): void {
  const person = ownerOfPage()?.id ?? '';
  if (person === '') return;
  keepDraft(browserStorage(), { person, form, object }, { at: Date.now(), commandId: newId(), version, values: { ...values } });
}
