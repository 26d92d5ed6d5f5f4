export type { Artifact } from './build/artifact.ts';
export type { Build } from './build/builder.ts';
export type { RawSourceMap } from './build/source-map.ts';
export type { Transformer, TransformInput, TransformOutput } from './build/transformer.ts';
export { type CompressOptions, checkSite, compressSite } from './compress-site.ts';
export { type Compressor, type CompressorHooks, createCompressor } from './compressor.ts';
export {
  type Config,
  type ContextSource,
  type ContextVariables,
  defineConfig,
  type Mode,
  type OnMiss,
  type ResolvedConfig,
} from './config/config.ts';
export { loadConfig, resolveConfig } from './config/resolve.ts';
export type { OwnEngine } from './engines/placeholder/own-engine.ts';
export type { BlockContent, Page } from './engines/placeholder/page.ts';
export { advice, CompressorError, type ErrorCode, type Place } from './errors.ts';
export { consoleLogger, type Logger, type LogLevel, silentLogger } from './log.ts';
export type { Analysis, Progress } from './offline/analyse.ts';
export type { Compressed } from './offline/compress.ts';
export type { Diagnostic, Severity } from './offline/diagnostic.ts';
export type { AssetRequest, AssetResponse } from './serve/response.ts';
export { folderStorage } from './storage/folder.ts';
export { isStorageName, type Storage, type StoredContent, type StoredFile } from './storage/storage.ts';
