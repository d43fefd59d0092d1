/**
 * A person's name as it stands in an act: a salted commitment instead of the name (个人信息承诺值), 64 hexadecimal digits.
 *
 * The name and its salt are kept beside the acts and may be deleted (Personal Information Protection Law, art. 47); the act, its
 * leaf hash and every proof stay what they were. Without the salt nobody can try names out. A member of its own, so that no text
 * that somebody types is ever taken for one.
 */
export interface Sealed {
  readonly sealed: string;
}

/** What names a person: the text before it is sealed, the commitment in a stored act. */
export type Personal = string | Sealed;
