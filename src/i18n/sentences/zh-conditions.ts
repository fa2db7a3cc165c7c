/** Simplified Chinese sentences: what is wrong with a condition. */
import type { SentencePair } from '../sentences';

export const ZH_CONDITIONS: readonly SentencePair[] = [
  ['character {at}: {;what}', '第 {at} 个字符：{;what}'],
  ['line {line}, character {at}: {;what}', '第 {line} 行第 {at} 个字符：{;what}'],
  ['it ends too early, a value is missing', '结束得太早，缺少一个值'],
  ['it ends too early, a name is missing', '结束得太早，缺少一个名称'],
  ['it ends too early, {sign} is missing', '结束得太早，缺少 {sign}'],
  ['write {sign} instead of {other}', '请写 {sign}，而不是 {other}'],
  ['a text begins here and does not end', '文本从这里开始，却没有结束'],
  ['no character can be written so', '字符不能这样书写'],
  ['the expression is {type}, which is neither true nor false', '表达式是 {type}，既不为真也不为假'],
  ['the expression is neither true nor false', '表达式既不为真也不为假'],
  ['has() takes a field, such as has(a.b)', 'has() 需要一个字段，例如 has(a.b)'],
  ['there is no kind {kind}', '没有 {kind} 这个类别'],
  ['there is no source of requests called {name}', '没有名为 {name} 的请求来源'],
  ['there is no field {name}', '没有字段 {name}'],
  ['{sign} is one too many', '多了一个 {sign}'],
  ['{found} stands where a value belongs', '{found} 的位置应该是一个值'],
  ['{found} stands where a name belongs', '{found} 的位置应该是一个名称'],
  ['{found} stands where {sign} belongs', '{found} 的位置应该是 {sign}'],
  ['{sign} means nothing here', '{sign} 在这里没有意义'],
  ['{name} is not known here', '这里不认识 {name}'],
  ['{name} cannot be used with {types}', '{name} 不能用于 {types}'],
  ['{type} has no fields', '{type} 没有字段'],
  ['{name} is a word that cannot be used as a name', '{name} 是保留字，不能用作名称'],
  ['{name} takes a regular expression, which this is not', '{name} 需要正则表达式，而这不是'],
];
