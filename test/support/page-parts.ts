/**
 * As much of a browser's page as programs need that only write lines into it and read lists out of others: no layout, no events.
 */
export class Part {
  className = '';
  textContent = '';
  readonly dataset: Record<string, string> = {};
  children: Part[] = [];
  private parent: Part | null = null;

  append(...parts: Part[]): void {
    for (const part of parts) part.parent = this;
    this.children.push(...parts);
  }

  replaceChildren(...parts: Part[]): void {
    this.children = [];
    this.append(...parts);
  }

  remove(): void {
    if (this.parent !== null) this.parent.children = this.parent.children.filter((c) => c !== this);
  }

  /** All text within, a line for each part that has some. */
  lines(): string[] {
    return [...(this.textContent === '' ? [] : [this.textContent]), ...this.children.flatMap((c) => c.lines())];
  }
}

/** A document whose elements are made or known by id; ids without text are not there. */
export function documentWith(texts: () => Readonly<Record<string, string | undefined>>) {
  return {
    createElement: () => new Part(),
    getElementById: (id: string) => {
      const textContent = texts()[id];
      return textContent === undefined ? null : { textContent };
    },
  };
}

/** Reads the two things of a public list that are looked for: its row headers, and the link to the next page. */
export class ListReader {
  parseFromString(html: string) {
    const heads = [...html.matchAll(/<th scope="row">([^<]*)<\/th>/g)].map((m) => ({ textContent: m[1] ?? '' }));
    const next = /<p class="pages"><a href="([^"]*)"/.exec(html)?.[1];
    return {
      querySelectorAll: (selector: string) => (selector === 'main tbody th[scope="row"]' ? heads : []),
      querySelector: (selector: string) => (selector === 'main p.pages a' && next !== undefined ? { getAttribute: () => next } : null),
    };
  }
}

/** A browser's storage in memory. */
export class Memory {
  readonly held = new Map<string, string>();
  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.held.set(key, value);
  }
}
