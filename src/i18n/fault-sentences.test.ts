import { expect, test } from 'vitest';
import { FAULTS } from '../engine/fault-kinds';
import { sentenceTranslator } from './sentences';
import { WORDS } from './zh';

const inChinese = sentenceTranslator(WORDS.sentences);

test('what is read of each fault is said in Chinese too', () => {
  const spec = { type: '', node: 'n1', pod: 'web-*', image: 'shop:1', component: 'kubelet', latency: '2s' };
  const said = [...FAULTS.values()].flatMap(({ strikes, heals }) => [strikes(spec), ...(heals ? [heals(spec)] : [])]);
  said.push('etcd has stopped', 'etcd has started again', 'The fault "x" is over');
  expect(said.filter((text) => !/[\u4e00-\u9fff]/.test(inChinese(text)))).toEqual([]);
  expect(said.filter((text) => /[a-z]{3} [a-z]{3}/.test(inChinese(text)))).toEqual([]);
});
