/**
 * A YAML stream as kubectl takes it apart: documents between lines of `---`, each read alone and only its first value.
 * Follows apimachinery/pkg/util/yaml/decoder.go (YAMLReader, YAMLToJSONDecoder).
 */
import { firstError } from './first-error';

/** What kubectl gets to read of a stream, and what it then stumbles over. */
export interface ReadableStream {
  readonly text: string;
  readonly error: string | undefined;
}

const SEPARATOR = '---';

interface Chunks {
  readonly chunks: readonly string[];
  readonly error: string | undefined;
}

/** The documents of a stream with their line ends. A separator that stands first belongs to its document. */
function chunksOf(text: string): Chunks {
  const chunks: string[] = [];
  let lines: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    if (line.startsWith(SEPARATOR)) {
      const rest = line.slice(SEPARATOR.length).trim();
      if (rest !== '' && !rest.startsWith('#')) return { chunks, error: `invalid Yaml document separator: ${rest}` };
      if (lines.length > 0) {
        chunks.push(lines.join(''));
        lines = [];
        continue;
      }
    }
    lines.push(line);
  }
  return { chunks: [...chunks, lines.join('')], error: undefined };
}

/** Reads a stream up to its first mistake. What stands behind the value of a document is left out. */
export function readableStream(text: string): ReadableStream {
  const { chunks, error } = chunksOf(text.replace(/^\uFEFF/, ''));
  const readable: string[] = [];
  let isWhole = error === undefined;
  for (const chunk of chunks) {
    const found = firstError(chunk);
    if ('error' in found) {
      return { text: readable.join('---\n'), error: `error converting YAML to JSON: ${found.error}` };
    }
    const lines = chunk.split(/(?<=\n)/);
    const hasTail = lines.slice(found.nextLine).some((line) => /^[^#\s.]/.test(line.trimStart()));
    if (hasTail) isWhole = false;
    readable.push(hasTail ? lines.slice(0, found.nextLine).join('') : chunk);
  }
  return { text: isWhole ? text : readable.join('---\n'), error };
}
