import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';

/** What a use-case answered, in the form that goes out; a refusal goes out as it is. */
export async function presented<T extends object, A>(asked: Promise<T | Refusal>, present: (answer: T) => A): Promise<A | Refusal> {
  const answer = await asked;
  return isRefusal(answer) ? answer : present(answer as T);
}
