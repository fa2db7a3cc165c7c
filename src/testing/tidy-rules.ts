/**
 * House rules about the code, each a function from a parsed file to complaints. `src/tidy.test.ts` runs them over the
 * whole tree and proves on small samples that each of them can fail.
 */
import { type SourceFile, walk } from './source-tree';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Files and functions that are too long. Tests' `describe` blocks are lists, not functions to follow, so only files count there. */
export function sizeComplaints(file: SourceFile, exceptions: Readonly<Record<string, string>>): string[] {
  if (/\bgenerated\b/.test(file.path) || exceptions[file.path]) return [];
  const complaints: string[] = [];
  const isTest = /\.test\.tsx?$/.test(file.path);
  if (file.lines > MAX_FILE_LINES && !isTest)
    complaints.push(`${file.path} has ${file.lines} lines, more than ${MAX_FILE_LINES}`);
  if (isTest) return complaints;
  walk(file.program, (node) => {
    if (!FUNCTIONS.has(node.type)) return;
    const lines = file.text.slice(node.start, node.end).split('\n').length;
    if (lines <= MAX_FUNCTION_LINES) return;
    const line = file.text.slice(0, node.start).split('\n').length;
    complaints.push(`${file.path}:${line} is a function of ${lines} lines, more than ${MAX_FUNCTION_LINES}`);
  });
  return complaints;
}

const VAGUE = /(^|[-/])(util|utils|helper|helpers|manager|common|misc|stuff)([-./]|$)/;

/** File names that say nothing. */
export function nameComplaints(file: SourceFile): string[] {
  const complaints: string[] = [];
  if (VAGUE.test(file.path)) complaints.push(`${file.path} has a name that says nothing`);
  if (!/^[a-z0-9./-]+$/.test(file.path)) complaints.push(`${file.path} is not kebab-case`);
  return complaints;
}

/** Files without a header comment that says what they are; tests speak for themselves. */
export function headerComplaints(file: SourceFile): string[] {
  if (/\.test\.tsx?$/.test(file.path) || /\bgenerated\b/.test(file.path) || file.path.endsWith('.d.ts')) return [];
  return file.text.trimStart().startsWith('/**') ? [] : [`${file.path} has no header comment`];
}

/** Work left lying: markers, silenced checks, tests left out. */
export function leftoverComplaints(file: SourceFile): string[] {
  if (file.path.startsWith('testing/tidy') || file.path === 'tidy.test.ts') return [];
  const complaints: string[] = [];
  const patterns: readonly (readonly [RegExp, string])[] = [
    [/\b(TODO|FIXME|XXX)\b/, 'an unfinished mark'],
    [/@ts-(ignore|nocheck|expect-error)/, 'a silenced type check'],
    [/biome-ignore-all|eslint-disable/, 'a check that is silenced for a whole file'],
    [/\b(it|test|describe)\.(only|skip|todo|fixme|fails)\b|\b(xit|xdescribe|fit|fdescribe)\(/, 'a test left out'],
  ];
  file.text.split('\n').forEach((line, index) => {
    for (const [pattern, what] of patterns)
      if (pattern.test(line)) complaints.push(`${file.path}:${index + 1} has ${what}`);
  });
  walk(file.program, (node) => {
    if (node.type !== 'TSAnyKeyword') return;
    complaints.push(`${file.path}:${file.text.slice(0, node.start).split('\n').length} has the type any`);
  });
  return complaints;
}

/** Patterns that take the square of a text of empty lines: at each of them `\s*` goes through all that follow. */
export function patternComplaints(file: SourceFile): string[] {
  if (file.path.startsWith('testing/')) return [];
  const complaints: string[] = [];
  walk(file.program, (node) => {
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (!regex?.flags.includes('m') || !/^\^\\s[*+]/.test(regex.pattern)) return;
    const line = file.text.slice(0, node.start).split('\n').length;
    complaints.push(`${file.path}:${line} looks through all empty lines at each of them; [^\\S\\n]* stays in its line`);
  });
  return complaints;
}
