export type { Artifact } from './build/artifact.ts';
export type { Build } from './build/builder.ts';
export type { RawSourceMap } from './build/source-map.ts';
export type { Transformer, TransformInput, TransformOutput } from './build/transformer.ts';
export { type CommandOptions, commandTransformer } from './build/transformers/command.ts';
export {
  type SourceTemplate,
  type TemplateOptions,
  templateTransformer,
} from './build/transformers/template.ts';
export {
  type CheckOptions,
  type CompressOptions,
  checkSite,
  compressSite,
  type Reported,
  reportSite,
} from './compress-site.ts';
export { type Compressor, createCompressor } from './compressor.ts';
export {
  type Budget,
  type Config,
  type ContextFacts,
  type ContextSource,
  type ContextVariables,
  defineConfig,
  type Mode,
  type OnMiss,
  type ResolvedConfig,
} from './config/config.ts';
export type { ArtifactEvent, ArtifactFile, BlockEvent, Hooks, ReleaseEvent } from './config/hooks.ts';
export { loadConfig, resolveConfig } from './config/resolve.ts';
export type { OwnEngine } from './engines/placeholder/own-engine.ts';
export type { BlockContent, Page } from './engines/placeholder/page.ts';
export { advice, CompressorError, type ErrorCode, type Place } from './errors.ts';
export { consoleLogger, type Logger, type LogLevel, silentLogger } from './log.ts';
export type { Analysis, Progress } from './offline/analyse.ts';
export type { Compressed } from './offline/compress.ts';
export type { Diagnostic, Severity } from './offline/diagnostic.ts';
export type { BlockKind, KindSource } from './recipe/block-kind.ts';
export type { RequestOptions } from './render/request-values.ts';
export type { Finding, FindingCode } from './report/findings.ts';
export type {
  ArtifactKind,
  ArtifactWeight,
  BlockWeight,
  PageWeight,
  Report,
  SourcePackage,
  SourcePart,
  SourceWeight,
} from './report/report.ts';
export type { Size } from './report/size.ts';
export type { SourceSize } from './report/source-scales.ts';
export type { AssetRequest, AssetResponse } from './serve/response.ts';
export { folderStorage } from './storage/folder.ts';
export { isStorageName, type Storage, type StoredContent, type StoredFile } from './storage/storage.ts';
