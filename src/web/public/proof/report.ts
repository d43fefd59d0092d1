import type { Words } from './words.ts';

/** How a step ended: it holds, it does not, there is nothing to check, or it could not be made. */
export type State = 'ok' | 'bad' | 'not' | 'unknown';

/** A step that does not hold; its message says what. */
export class Bad extends Error {}

/** The list of steps on the page, and whether all of them hold. */
export class Report {
  readonly words: Words;
  private readonly place: HTMLElement;
  private readonly list: HTMLOListElement;
  private readonly failed: number[] = [];
  private readonly unmade: number[] = [];
  private readonly now: HTMLParagraphElement;
  private done = 0;

  constructor(place: HTMLElement, words: Words) {
    this.words = words;
    this.place = place;
    this.list = document.createElement('ol');
    this.list.className = 'steps';
    this.now = document.createElement('p');
    this.now.className = 'c2';
    place.replaceChildren(this.list, this.now);
  }

  /** Runs a step and writes its line. A step that fails stops nothing but what needs its result. */
  async step<T>(
    name: string,
    run: () => Promise<{ text: string; state?: State; value: T }> | { text: string; state?: State; value: T },
  ): Promise<T | undefined> {
    this.now.textContent = `${this.words.running}${name}`;
    try {
      const { text, state, value } = await run();
      this.line(state ?? 'ok', name, text);
      return value;
    } catch (error) {
      // An answer that did not come proves nothing, neither way.
      if (error instanceof Bad) this.line('bad', name, error.message);
      else this.line('unknown', name, this.words.unreadable);
      return undefined;
    }
  }

  /** How far a long step is. */
  progress(text: string): void {
    this.now.textContent = text;
  }

  end(): void {
    this.now.remove();
    const verdict = document.createElement('p');
    const result = this.failed.length > 0 ? 'bad' : this.unmade.length > 0 ? 'unknown' : 'ok';
    verdict.className = `verdict ${result}`;
    verdict.textContent =
      result === 'bad' ? this.words.bad(this.failed) : result === 'unknown' ? this.words.unfinished(this.unmade) : this.words.good;
    this.place.append(verdict);
    this.place.dataset.result = result;
  }

  private line(state: State, name: string, text: string): void {
    this.done++;
    if (state === 'bad') this.failed.push(this.done);
    if (state === 'unknown') this.unmade.push(this.done);
    const item = document.createElement('li');
    item.className = state;
    const mark = document.createElement('b');
    mark.textContent = this.words.marks[state];
    const said = document.createElement('span');
    said.textContent = `${this.done}. ${name}${this.words.colon}${text}`;
    item.append(mark, said);
    this.list.append(item);
  }
}
