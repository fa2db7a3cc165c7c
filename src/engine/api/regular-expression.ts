/**
 * Regular expressions that users write, matched in time linear in the text. Follows Go's regexp/syntax, with its words for mistakes, by the
 * library re2js; everything that takes an expression from outside comes here, never to RegExp.
 */
import { RE2JS } from 're2js';

/** A match: where it is, and what its groups are; the first is the whole. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly string[];
}

/** A compiled expression. */
export interface RegularExpression {
  /** Instructions of the compiled program: what one character of text can cost at most. */
  readonly size: number;
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
  /** All matches in the text, in order; the longest at each place, empty ones left out. */
  matches(text: string): string[];
  /** All matches with their groups, empty ones too. */
  groups(text: string): Match[];
}

/** How to read a pattern. */
export interface ExpressionOptions {
  readonly ignoreCase?: boolean;
  /** POSIX's rule, the longest of the leftmost matches, in place of Perl's. */
  readonly longest?: boolean;
}

const MAX_PATTERN = 8192;

/** Compiles a pattern in Go's syntax; `problem` in Go's words. */
export function parseRegularExpression(
  pattern: string,
  options: ExpressionOptions = {},
): RegularExpression | { readonly problem: string } {
  if (pattern.length > MAX_PATTERN) return { problem: 'error parsing regexp: expression too large' };
  const flags = (options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (options.longest ? RE2JS.LONGEST_MATCH : 0);
  try {
    const compiled = RE2JS.compile(pattern, flags);
    return {
      size: compiled.programSize(),
      test: (text) => compiled.matcher(text).find(),
      matches: (text) => {
        const found: string[] = [];
        const matcher = compiled.matcher(text);
        while (matcher.find()) if (matcher.end() > matcher.start()) found.push(matcher.group() ?? '');
        return found;
      },
      groups: (text) => {
        const found: Match[] = [];
        const matcher = compiled.matcher(text);
        while (matcher.find()) {
          const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? '');
          found.push({ start: matcher.start(), end: matcher.end(), groups });
        }
        return found;
      },
    };
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('RE2JS')) return { problem: error.message };
    throw error;
  }
}
