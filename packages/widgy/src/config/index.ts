/** The configuration that a server reads from its environment when it starts. Node only. */
export {
  checkEnvironment,
  type Environment,
  type EnvironmentFault,
  type EnvironmentSchema,
  type GivenEnvironment,
  readEnvironment,
  readVariable,
  type Variable,
} from './environment.ts';
export { openMediaStorage } from './media-storage.ts';
export {
  type MailLocation,
  type MediaLocation,
  MIN_SECRET_BYTES,
  type WidgyEnvironment,
  widgyEnvironment,
} from './widgy-environment.ts';
