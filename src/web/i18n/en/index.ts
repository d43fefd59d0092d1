import acts from './acts.json';
import batch from './batch.json';
import bulletin from './bulletin.json';
import dashboard from './dashboard.json';
import desk from './desk.json';
import figure from './figure.json';
import find from './find.json';
import lead from './lead.json';
import ledger from './ledger.json';
import method from './method.json';
import problem from './problem.json';
import record from './record.json';
import screen from './screen.json';
import session from './session.json';
import shell from './shell.json';
import source from './source.json';
import states from './states.json';
import units from './units.json';

export const texts = {
  acts,
  batch,
  bulletin,
  dashboard,
  desk,
  figure,
  find,
  lead,
  ledger,
  method,
  problem,
  record,
  screen,
  session,
  shell,
  source,
  states,
  units,
};
