export { type Engine, type EngineOptions, findEngine, startEngine } from './engine.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
