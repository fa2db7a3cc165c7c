import { expect, test } from 'vitest';
import { compileCondition } from './condition';

test.each([
  ["get('Pod'", 'character 10: it ends too early, ) is missing'],
  ["get('Pod').", 'character 12: it ends too early, a name is missing'],
  ['1 +', 'character 4: it ends too early, a value is missing'],
  ['', 'character 1: it ends too early, a value is missing'],
  ["list('Pod').size() = 3", 'character 20: write == instead of ='],
  ['time == step && & true', 'character 17: write && instead of &'],
  ['true and false', 'character 6: write && instead of and'],
  ['true)', 'character 5: ) is one too many'],
  ["list('Pod')) == 2", 'character 12: ) is one too many'],
  ['size([1, , 2])', 'character 10: , stands where ] belongs'],
  ["get('Pod', web, 'x' 'y')", "character 21: 'y' stands where ) belongs"],
  ["get('Pod', 'web", 'character 12: a text begins here and does not end'],
  ['time > 5 # late', 'character 10: # means nothing here'],
  ['pods.size() == 3 && nodes == 2', 'character 1: pods is not known here; character 21: nodes is not known here'],
  ["true &&\n  lst('Pod') == 2", 'line 2, character 3: lst is not known here'],
  ['foo(3)', 'character 1: foo is not known here'],
  ["get('Pod', 'web').status.fly (1)", 'character 26: fly is not known here'],
  ['size(3) == 1', 'character 1: size cannot be used with int'],
  ['has(time)', 'character 5: has() takes a field, such as has(a.b)'],
  ['size(time) == 1 (', 'character 17: ( is one too many'],
  ["'a' + 1", 'character 5: + cannot be used with string, int'],
  ['time > 50', "character 6: > cannot be used with duration, int: write duration('50s') instead of 50"],
  ['1.5 <= time', "character 5: <= cannot be used with double, duration: write duration('1.5s') instead of 1.5"],
  ['time == size([1])', "character 6: == cannot be used with duration, int: write duration('5s') for 5 seconds"],
  ['if > 3', 'character 1: if is a word that cannot be used as a name'],
  ["'a'.matches('(')", 'character 13: matches takes a regular expression, which this is not'],
])('%s: %s', (text, said) => {
  expect(compileCondition(text)).toEqual({ problem: said });
});
