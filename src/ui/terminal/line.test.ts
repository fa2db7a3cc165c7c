import { describe, expect, it } from 'vitest';
import { isShellLine, isUnfinished } from './line';

describe('a line of the terminal', () => {
  it.each([
    ['get pods', false],
    ['get pods \\', true],
    ['cat > web.yaml <<EOF', true],
    ["cat > web.yaml <<'EOF'\nkind: Pod", true],
    ['cat > web.yaml <<EOF\nkind: Pod\nEOF', false],
    ['apply -f - <<EOF\nkind: Pod\nEOF\n', false],
  ])('%j wants another: %s', (text, expected) => {
    expect(isUnfinished(text)).toBe(expected);
  });

  it.each([
    ['cat web.yaml', true],
    ['get pods', false],
    ['category', false],
  ])('%j is not for kubectl: %s', (text, expected) => {
    expect(isShellLine(text)).toBe(expected);
  });
});
