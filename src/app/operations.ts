/** What the command line may do: the use-cases, acting as the installation. */
export { refusalOfFailure } from '../contract/failures.ts';
export { explain } from '../contract/refusals.ts';
export { installation, type Services } from '../usecases/services.ts';
export { readFigureSet, readFigure } from '../usecases/figures/read.ts';
export { readRecords } from '../usecases/figures/records.ts';
export { presentFigureSet, presentRecords } from '../http/figures/present.ts';
export { campaignExists } from '../usecases/campaign/load-generated.ts';
export { addUser, changePassword, readUsers, setDisabled } from '../usecases/access/users.ts';
export { importSnapshot, type ImportReport } from '../usecases/registers/import.ts';
export { readMapping } from '../usecases/registers/mapping.ts';
export { campaignSlugs, rebuildCampaign, type RebuildReport } from '../usecases/campaign/rebuild.ts';
export { erasePerson } from '../usecases/access/erase.ts';
export { exportBundle, verifyFolder, verifyLive, type LiveCheck } from './verify.ts';
export { loadVerifier } from './verifier.ts';
export { makeBackup } from '../usecases/backup/make.ts';
export { drill, readIdentities, restoreInto } from './backup.ts';
