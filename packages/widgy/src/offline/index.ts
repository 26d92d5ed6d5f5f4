export {
  type LoadConfig,
  type OfflineContextOptions,
  type OfflineFacts,
  type OneContext,
  offlineContext,
  type Variables,
} from './offline-context.ts';
