import { CompressorError, type ErrorCode, formatPlace, type Place } from '../errors.ts';
import { type Diagnostic, diagnosticOf, inOrder, type Severity, severityOf } from './diagnostic.ts';
import type { Discovery, Origin } from './discover.ts';
import type { IsTaken } from './exploration.ts';
import { isSound, type Occurrence } from './occurrences.ts';
import { looksPerRequest } from './per-request.ts';
import { type Read, variableName } from './read-log.ts';

interface Finding {
  readonly error: CompressorError;
  /** The block it concerns. */
  readonly block: Place | undefined;
  readonly origin: Origin;
  readonly isTaken: IsTaken;
}

/**
 * Turns what exploring and building found into diagnostics.
 *
 * Exploring goes where a real rendering with the same context would not go, and it renders partials and layouts on their own. What
 * it finds only there counts as a note if the block is sound where it is really shown.
 *
 * @param allow codes that are warnings for this site
 */
export async function judge(
  discovery: Discovery,
  occurrences: readonly Occurrence[],
  allow: readonly ErrorCode[],
): Promise<Diagnostic[]> {
  const sound = Map.groupBy(occurrences.filter(isSound), ({ block }) => formatPlace(block.place));
  const isExcused = async ({ block, origin, isTaken }: Finding): Promise<boolean> => {
    if (block === undefined) return false;
    for (const other of sound.get(formatPlace(block)) ?? []) {
      if (!(await other.isTaken())) continue;
      if (discovery.used.has(origin.template) && other.origin.template !== origin.template) return true;
      if (!(await isTaken())) return true;
    }
    return false;
  };
  const severe = async (
    finding: Finding,
    severity = severityOf(finding.error.code, allow),
  ): Promise<Severity> => ((await isExcused(finding)) ? 'note' : severity);

  const diagnostics: Diagnostic[] = [];
  for (const { error, block, origin, isTaken } of [...discovery.failed, ...problemsOf(occurrences)]) {
    const finding = { error, block, origin, isTaken };
    diagnostics.push(
      diagnosticOf(error, await severe(finding), block === undefined ? error.place : placeIn(error, block)),
    );
  }
  diagnostics.push(...(await missingVariables(occurrences, severe)));
  diagnostics.push(...varyingBlocks(occurrences, allow));
  diagnostics.push(...unseenBlocks(discovery, allow));
  return inOrder(diagnostics);
}

/** An error in a template says where itself; one in a source is shown at the block that names it. */
function placeIn(error: CompressorError, block: Place): Place {
  const isInTemplate = TEMPLATE_CODES.has(error.code) && error.place !== undefined;
  return isInTemplate ? (error.place ?? block) : block;
}

const TEMPLATE_CODES: ReadonlySet<ErrorCode> = new Set([
  ...(['template-syntax', 'template-missing', 'template-failed', 'tag-syntax'] as const),
  ...(['context-failed', 'context-timeout'] as const),
]);

function problemsOf(occurrences: readonly Occurrence[]): Finding[] {
  // With a variable missing, what else is wrong follows from that.
  const complete = occurrences.filter(({ reads }) => reads.every(({ isMissing }) => !isMissing));
  return complete.flatMap(({ problems, block, origin, isTaken }) =>
    problems.map((error) => ({ error, block: block.place, origin, isTaken })),
  );
}

async function missingVariables(
  occurrences: readonly Occurrence[],
  severe: (finding: Finding) => Promise<Severity>,
): Promise<Diagnostic[]> {
  const lacking = new Map<string, { read: Read; block: Place; severity: Severity; contexts: Set<string> }>();
  for (const { reads, block, origin, isTaken } of occurrences) {
    for (const read of reads.filter(({ isMissing }) => isMissing)) {
      const severity = await severe({
        error: missingError(read, block.place, []),
        block: block.place,
        origin,
        isTaken,
      });
      const place = read.place === undefined ? '' : formatPlace(read.place);
      const key = [variableName(read), place, formatPlace(block.place), severity].join(' ');
      const known = lacking.get(key) ?? { read, block: block.place, severity, contexts: new Set() };
      known.contexts.add(origin.context);
      lacking.set(key, known);
    }
  }
  return [...lacking.values()].map(({ read, block, severity, contexts }) =>
    diagnosticOf(missingError(read, block, [...contexts]), severity, read.place ?? block),
  );
}

function missingError(read: Read, block: Place, contexts: readonly string[]): CompressorError {
  const name = variableName(read);
  const whose = listed(contexts);
  const message = `the block at ${formatPlace(block)} reads "${name}", which ${whose} lack${contexts.length > 1 ? '' : 's'}`;
  if (read.ifMissing !== undefined || !looksPerRequest(read.path))
    return new CompressorError('variable-missing', { message, place: read.place, help: read.ifMissing });
  return new CompressorError('variable-missing', {
    message,
    place: read.place,
    help: `"${name}" looks like something that changes from request to request: move it out of the block, for instance into a data attribute.`,
  });
}

/** Some names for people, and how many more there are. */
export function listed(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

function varyingBlocks(occurrences: readonly Occurrence[], allow: readonly ErrorCode[]): Diagnostic[] {
  return occurrences.flatMap(({ varying, reads, block }) => [
    ...varying.map(({ place, what }) =>
      diagnosticOf(
        new CompressorError('variable-varies', { message: `${what} is in a block`, place }),
        severityOf('variable-varies', allow),
      ),
    ),
    ...reads
      .filter(({ path, isMissing }) => !isMissing && looksPerRequest(path))
      .map((read) =>
        diagnosticOf(
          new CompressorError('variable-varies', {
            message: `the block at ${formatPlace(block.place)} reads "${variableName(read)}", which looks like something that changes from request to request`,
            place: read.place ?? block.place,
          }),
          'warning',
        ),
      ),
    ...reads.flatMap((read) => {
      if (read.keptIn === undefined) return [];
      const message = `the block at ${formatPlace(block.place)} reads "${variableName(read)}", which comes from ${read.keptIn} and may be changed there after the build`;
      const error = new CompressorError('variable-changes', { message, place: read.place ?? block.place });
      return [diagnosticOf(error, severityOf(error.code, allow))];
    }),
  ]);
}

/** Blocks that nothing leads to, and blocks that only an empty list leads to. */
function unseenBlocks(
  { declared, reached, failed, undecided }: Discovery,
  allow: readonly ErrorCode[],
): Diagnostic[] {
  const seen = new Set(reached.map(({ block }) => formatPlace(block.place)));
  for (const { block, error } of failed) {
    if (block !== undefined) seen.add(formatPlace(block));
    // A block inside a block.
    if (error.place !== undefined) seen.add(formatPlace(error.place));
  }
  // Where a template itself is broken, that is what is to be said.
  const broken = new Set(
    failed.filter(({ block }) => block === undefined).map(({ error }) => error.place?.file),
  );
  const open = new Map(undecided.map(({ place }) => [formatPlace(place), place]));
  return [...declared].flatMap(([key, place]) => {
    if (seen.has(key) || broken.has(place.file)) return [];
    const error = open.has(key)
      ? new CompressorError('block-undecided', {
          message: 'the block needs the item of a list that is empty in every context',
          place,
        })
      : new CompressorError('block-unreached', { message: 'nothing leads to this block', place });
    return [diagnosticOf(error, severityOf(error.code, allow))];
  });
}
