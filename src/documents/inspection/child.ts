import { Rejected } from './finding.ts';
import { look, type Look } from './look.ts';

// The process in which one untrusted file is looked at. It gets one message, answers once and ends.
process.once('message', (q: Look) => {
  void look(q)
    .catch((error: unknown) => (error instanceof Rejected ? { rejected: error.rejection } : { failed: String(error) }))
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});
