import { describe, expect, it } from 'vitest';
import { renderGoTemplate } from './go-template';

const LIST = {
  kind: 'List',
  items: [
    { metadata: { name: 'web', labels: { app: 'web' } }, spec: { replicas: 3, ports: [80, 443] } },
    { metadata: { name: 'db' }, spec: { replicas: 2_000_000 } },
  ],
};

describe('a Go template', () => {
  it.each([
    ['{{.kind}} of {{len .items}}', 'List of 2'],
    ['{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}', 'web\ndb\n'],
    ['{{range .items}}{{.spec.replicas}} {{end}}', '3 2e+06 '],
    ['{{range .items}}\n  {{- .metadata.name -}}\n  {{end}}.', 'webdb.'],
    ['{{.nope}} {{.nope.deeper}}', '<no value> <no value>'],
    ['{{range .nope}}x{{else}}none{{end}}', 'none'],
    ['{{range .items}}{{if .spec.ports}}{{.spec.ports}}{{else}}-{{end}}{{end}}', '[80 443]-'],
    ['{{range .items}}{{if eq .metadata.name "web"}}{{.metadata.labels}}{{end}}{{end}}', 'map[app:web]'],
    ['{{range .items}}{{with .metadata}}{{.name}}{{$.kind}}{{end}}{{end}}', 'webListdbList'],
    ['{{index .items 0 "kind"}}{{not .x}}{{or .x .kind}}{{and .kind .x}}', '<no value>trueList<no value>'],
    ['{{/* said nothing */}}{{print .kind "!"}}', 'List!'],
  ])('%s', (template, expected) => {
    expect(renderGoTemplate(template, LIST)).toBe(expected);
  });
  it.each([
    ['', 'template format specified but no template given'],
    ['{{.a', 'error parsing template {{.a, template: output:1: unclosed action'],
    ['{{range .items}}', 'error parsing template {{range .items}}, template: output:1: unexpected EOF'],
    ['{{end}}', 'unexpected {{end}}'],
    ['{{.kind.x}}', "can't evaluate field x in type interface {}"],
    ['{{printf "%s" .kind}}', 'function "printf" in Go templates is not simulated'],
    ['{{$x := .kind}}', 'in Go templates is not simulated'],
  ])('%s: %s', (template, message) => {
    expect(() => renderGoTemplate(template, LIST)).toThrow(message);
  });
});
