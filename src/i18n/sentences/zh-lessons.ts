/** Simplified Chinese sentences: what the check of a lesson finds. */
import type { SentencePair } from '../sentences';

export const ZH_LESSONS: readonly SentencePair[] = [
  ['every text is in English and Chinese', '每段文字都有英文和中文'],
  ['not in both: {places}', '不是两种语言都有：{places}'],
  ['the scenario runs to its end', '场景运行到结束'],
  ['chapter {count}: {*what}', '第 {count} 章：{*what}'],
  ['what it selects exists', '所选的对象存在'],
  ['there is no {object} at any time', '任何时刻都没有 {object}'],
  ['the prediction has one right answer', '预测恰有一个正确答案'],
  ['the run gives {value}, which is no number', '运行给出 {value}，它不是数字'],
  ['the run gives {value}: no option agrees ({options})', '运行给出 {value}：没有选项与之一致（{options}）'],
  [
    'the run gives {value}: {count} options agree ({options})',
    '运行给出 {value}：有 {count} 个选项与之一致（{options}）',
  ],
  ['the start does not meet the goal', '开始时没有达成目标'],
  ['the solution meets the goal', '题解达成目标'],
  ['the solution without its act {count} does not meet the goal', '题解去掉第 {count} 个动作就不达成目标'],
  ['it is not met up to {time}', '到 {time} 为止没有达成'],
  ['at {time}, step {count}', '{time}，第 {count} 步'],
  ['the goal is met at {time}, step {count}', '目标在 {time} 的第 {count} 步达成'],
  ['wrong answer {count} does not meet the goal', '错误答案 {count} 不达成目标'],
  ['wrong answer {count}', '错误答案 {count}'],
  ['remark {count} is said of a wrong answer', '评语 {count} 针对某个错误答案出现'],
  ['it holds after none of them', '它在任何一个之后都不成立'],
  ['the run can not go on', '运行无法继续'],
  ['the text can not be read', '文本无法读取'],
];
