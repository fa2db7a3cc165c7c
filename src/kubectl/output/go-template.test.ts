import { describe, expect, it } from 'vitest';
import { renderGoTemplate } from './go-template';

const LIST = {
  kind: 'List',
  items: [
    { metadata: { name: 'web', labels: { app: 'web' } }, spec: { replicas: 3, ports: [80, 443], share: 0.5, none: 0 } },
    { metadata: { name: 'db' }, spec: { replicas: 2_000_000 } },
  ],
};

describe('a Go template', () => {
  it.each([
    ['{{.kind}} of {{len .items}}', 'List of 2'],
    ['{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}', 'web\ndb\n'],
    ['{{range .items}}{{.spec.replicas}} {{end}}', '3 2000000 '],
    ['{{range .items}}\n  {{- .metadata.name -}}\n  {{end}}.', 'webdb.'],
    ['{{.nope}} {{.nope.deeper}}', '<no value> <no value>'],
    ['{{range .nope}}x{{else}}none{{end}}', 'none'],
    ['{{range .items}}{{if .spec.ports}}{{.spec.ports}}{{else}}-{{end}}{{end}}', '[80 443]-'],
    ['{{range .items}}{{if eq .metadata.name "web"}}{{.metadata.labels}}{{end}}{{end}}', 'map[app:web]'],
    ['{{range .items}}{{with .metadata}}{{.name}}{{$.kind}}{{end}}{{end}}', 'webListdbList'],
    ['{{index .items 0 "kind"}}{{not .x}}{{or .x .kind}}{{and .kind .x}}', '<no value>trueList<no value>'],
    ['{{/* said nothing */}}{{print .kind "!"}}', 'List!'],
    ['{{range $i, $e := .items}}{{$i}}={{$e.metadata.name}} {{end}}', '0=web 1=db '],
    ['{{$n := "a"}}{{range .items}}{{$n = .metadata.name}}{{end}}{{$n}}', 'db'],
    ['{{.kind | printf "%-6s|%q" "x" }}', 'x     |"List"'],
    ['{{printf "%s %d %v %5.1f %t %x" .kind 3 (len .items) 2.25 true "hi"}}', 'List 3 2   2.3 true 6869'],
    ['{{printf "%d %s" (index .items 0).spec.replicas 4}}', '3 %!s(int=4)'],
    [
      '{{printf "%T %s %T %T" (index .items 0).spec.replicas (index .items 0).spec.replicas 3 (len .items)}}',
      'int64 %!s(int64=3) int int',
    ],
    ['{{range .items}}{{if eq .spec.replicas 3}}three{{end}}{{if gt .spec.replicas 3}}more{{end}}{{end}}', 'threemore'],
    ['{{range .items}}{{.spec.share}} {{if .spec.none}}x{{end}}{{end}}', '0.5 <no value> '],
    ['{{if .nope}}a{{else if .kind}}b{{else}}c{{end}}', 'b'],
    ['{{with .nope}}a{{else with .kind}}{{.}}{{end}}', 'List'],
    ['{{define "T"}}<{{.}}>{{end}}{{template "T" .kind}}', '<List>'],
    ['{{block "B" .kind}}[{{.}}]{{end}}', '[List]'],
    ['{{range .items}}{{if eq .metadata.name "db"}}{{break}}{{end}}{{.metadata.name}}{{end}}', 'web'],
    ['{{range .items}}{{if eq .metadata.name "web"}}{{continue}}{{end}}{{.metadata.name}}{{end}}', 'db'],
    ['{{range 3}}{{.}}{{end}}', '012'],
    [
      '{{"aGk=" | base64decode}} {{slice "hello" 1 3}} {{html "<a>"}} {{js "it\'s"}} {{urlquery "a b&c"}}',
      "hi el &lt;a&gt; it\\'s a+b%26c",
    ],
    ['{{and .kind (or .nope "x") | len}} {{lt 1 2}} {{ge "b" "a"}} {{ne .kind "List"}}', '1 true true false'],
    ['{{(index .items 1).metadata.name}} {{`raw "text"`}} {{exists .items 0 "spec"}}', 'db raw "text" true'],
    ['{{- /* c */ -}} x {{- "y" -}} z', 'xyz'],
  ])('%s', (template, expected) => {
    expect(renderGoTemplate(template, LIST)).toBe(expected);
  });
  it.each([
    ['', 'template format specified but no template given'],
    ['{{.a', 'error parsing template {{.a, template: output:1: unclosed action'],
    ['{{range .items}}', 'error parsing template {{range .items}}, template: output:1: unexpected EOF'],
    ['{{end}}', 'unexpected {{end}}'],
    ['{{.kind.x}}', "can't evaluate field x in type interface {}"],
    ['{{.items.x}}', 'executing "output" at <.items.x>: can\'t evaluate field x in type interface {}'],
    ['a\n {{ .kind.x }}', 'template: output:2:9: executing "output" at <.kind.x>: can\'t evaluate field x'],
    ['{{nope .kind}}', 'template: output:1: function "nope" not defined'],
    ['{{$y}}', 'template: output:1: undefined variable "$y"'],
    ['{{range}}{{end}}', 'missing value for range'],
    ['{{if .kind}}{{else if}}{{end}}', 'missing value for if'],
    ['{{"a}}', 'unterminated quoted string'],
    ['{{(.kind}}', 'unclosed left paren'],
    ['{{.kind)}}', 'unexpected right paren'],
    ['{{.kind | 1}}', 'non executable command in pipeline stage 2'],
    ['{{1.kind}}', 'bad number syntax: "1.k"'],
    ['{{template "x"}}', 'template "x" not defined'],
    ['{{break}}', '{{break}} outside {{range}}'],
    ['{{eq 3 (index .items 0).spec.share}}', 'error calling eq: incompatible types for comparison: int and float64'],
    [
      '{{eq (index .items 0).spec.replicas "3"}}',
      'error calling eq: incompatible types for comparison: int64 and string',
    ],
    [
      '{{slice "abc" 0 (index .items 0).spec.replicas}}',
      'error calling slice: cannot index slice/array with type interface {}',
    ],
    [
      '{{template "x" .}}',
      'template: output:1:11: executing "output" at <{{template "x" .}}>: template "x" not defined',
    ],
    ['{{index .items 7}}', 'error calling index: '],
    ['{{index (index .items 0).spec "x" "y"}}', 'error calling index: index of nil pointer'],
    ['{{index .nope "x"}}', 'error calling index: index of untyped nil'],
    ['{{len .nope}}', 'at <len .nope>: error calling len: len of nil pointer'],
    ['{{len}}', 'wrong number of args for len: want 1 got 0'],
    ['{{printf "%d"}}{{nil}}', 'nil is not a command'],
    ['{{.nope | base64decode}}', 'output:1:10: executing "output" at <base64decode>: invalid value; expected string'],
    [
      '{{base64decode .items}}',
      'output:1:15: executing "output" at <.items>: wrong type for value; expected string; got []interface {}',
    ],
    ['{{printf .nope}}', 'output:1:9: executing "output" at <.nope>: invalid value; expected string'],
    ['{{base64decode "?"}}', 'error calling base64decode: base64 decode failed: illegal base64 data at input byte 0'],
  ])('%s: %s', (template, message) => {
    expect(() => renderGoTemplate(template, LIST)).toThrow(message);
  });
});
