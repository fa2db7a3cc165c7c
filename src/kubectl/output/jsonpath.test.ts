import { describe, expect, it } from 'vitest';
import { findJsonPath, renderJsonPath } from './jsonpath';

const POD = {
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web', tier: 'a<b' }, annotations: { 'example.com/revision': '2' } },
  spec: {
    containers: [
      { name: 'nginx', image: 'nginx:1', ports: [{ port: 80 }, { port: 443 }] },
      { name: 'log', image: 'busybox', tty: true },
    ],
  },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: 'False', message: 'unready (1)' },
    ],
    restarts: [{ count: 0 }, { count: 4 }],
  },
};
const LIST = { kind: 'List', items: [POD, { metadata: { name: 'db' }, spec: { containers: [] } }] };

describe('a JSONPath template', () => {
  it.each([
    ['plain text', 'plain text'],
    ['{.metadata.name}', 'web'],
    ['{$.metadata.name} {@.status.phase}', 'web Running'],
    ['{metadata.name}', undefined],
    ['{.nope}-{.nope.deeper[0]}', '-'],
    ['{.spec.containers[*].name}', 'nginx log'],
    ['{.spec.containers[0].name} {.spec.containers[-1].name}', 'nginx log'],
    ['{.spec.containers[0:2].name}|{.spec.containers[:1].name}|{.spec.containers[1:].name}', 'nginx log|nginx|log'],
    ['{.spec.containers[::2].name}', 'nginx'],
    ['{.spec.containers[0,1].image}', 'nginx:1 busybox'],
    ["{['metadata','status']['name','phase']}", 'web Running'],
    ["{.metadata['name']}", 'web'],
    ['{.metadata.annotations.example\\.com/revision}', '2'],
    ["{.metadata.annotations['example\\.com/revision']}", '2'],
    ['{.metadata.labels}', '{"app":"web","tier":"a\\u003cb"}'],
    ['{.metadata.labels.*}', 'web a<b'],
    ['{.spec.containers[0].ports}', '[{"port":80},{"port":443}]'],
    ['{.status.conditions[?(@.type=="Ready")].status}', 'False'],
    ["{.status.conditions[?(@.type!='Ready')].type}", 'PodScheduled'],
    ['{.status.conditions[?(@.message=="unready (1)")].type}', 'Ready'],
    ['{.status.conditions[?(@.message)].type}', 'Ready'],
    ['{.status.restarts[?(@.count>=4)]}', '{"count":4}'],
    ['{.spec.containers[?(@.tty==true)].name}', 'log'],
    ['{..image}', 'nginx:1 busybox'],
    ['{range .spec.containers[*]}{.name}{"\\t"}{.image}{"\\n"}{end}', 'nginx\tnginx:1\nlog\tbusybox\n'],
    ['{range .nope[*]}{.a}x{end}done', 'done'],
    ['{range .spec.containers[*]}[{range .ports[*]}{.port},{end}]{end}.', '[80,443,][].'],
    ['{\'it\\\'s\'}{"a\\"b"} {1}{true}', 'it\'sa"b 1true'],
  ])('%s', (template, expected) => {
    if (expected === undefined) expect(() => renderJsonPath(template, POD, false)).toThrow('unrecognized identifier');
    else expect(renderJsonPath(template, POD, false)).toBe(expected);
  });
  it('goes through lists', () => {
    expect(renderJsonPath('{.items..metadata.name}', LIST, false)).toBe('web db');
    expect(renderJsonPath('{range .items[*]}{.metadata.name}:{.status.phase};{end}', LIST, false)).toBe(
      'web:Running;db:;',
    );
  });
  it('gives one JSON list per expression', () => {
    expect(renderJsonPath('{.metadata.name}{.spec.containers[*].name}', POD, true)).toBe(
      '[\n    "web"\n]\n[\n    "nginx",\n    "log"\n]\n',
    );
  });
  it('finds values for others', () => {
    expect(findJsonPath('{.status.phase}', POD)).toEqual([['Running']]);
    expect(findJsonPath('{.nope}', POD)).toEqual([[]]);
  });
});

describe('a wrong JSONPath template', () => {
  it.each([
    ['{.metadata.name', 'unclosed action'],
    ['{.a[0}', 'unterminated array'],
    ['{.a[x]}', 'invalid array index x'],
    ['{"a}', 'unterminated quoted string'],
    ['{.a[?(@.b==1}', 'unterminated filter'],
    ['{.a[?(@.b)}', 'unclosed array expect ]'],
    ['{....a}', 'invalid multiple recursive descent'],
    ['{#}', "unrecognized character in action: U+0023 '#'"],
    ['{1.2.3}', 'cannot parse number 1.2.3'],
  ])('%s: %s', (template, message) => {
    expect(() => renderJsonPath(template, POD, false)).toThrow(`error parsing jsonpath ${template}, ${message}`);
  });
  it.each([
    ['{.spec.containers[5].name}', 'array index out of bounds: index 5, length 2'],
    ['{.spec.containers[1:0]}', 'starting index 1 is greater than ending index 0'],
    ['{.spec[0]}', 'map[string]interface {} is not array or slice'],
    ['{.metadata.name[0]}', 'string is not array or slice'],
    ['{.metadata.labels[?(@.a)]}', 'map[app:web tier:a<b] is not array or slice and cannot be filtered'],
    ['{.status.conditions[?(@.type==1)]}', 'incompatible types for comparison'],
    ['{.spec.containers[?(@.tty<true)]}', 'invalid type for comparison'],
    ['{end}', 'not in range, nothing to end'],
    ['{foo}', 'unrecognized identifier foo'],
  ])('%s: %s', (template, message) => {
    const small = { spec: POD.spec };
    const value = template.includes('spec') ? small : POD;
    expect(() => renderJsonPath(template, value, false)).toThrow(
      `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${message}. ` +
        `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
        '\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{',
    );
  });
  it('needs a template', () => {
    expect(() => renderJsonPath('', POD, false)).toThrow('template format specified but no template given');
  });
});
