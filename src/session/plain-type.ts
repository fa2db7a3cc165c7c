/** What Go says of a value of the wrong type, in the words of whoever wrote the value: the reason first, then as the API server says it. */

/** `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`. */
const MISMATCH = /^json: cannot unmarshal (\w+)(?: (\S+))? into Go (?:struct field \S+|value) of type (\S+)$/;

const GIVEN: Readonly<Record<string, string>> = {
  array: 'a list',
  bool: 'true or false',
  number: 'a number',
  object: 'a mapping',
  string: 'a text',
};

const WANTED: readonly (readonly [RegExp, string])[] = [
  [/^u?int\d*$/, 'a whole number'],
  [/^float\d*$/, 'a number'],
  [/^bool$/, 'true or false'],
  [/^(string|\[\]uint8|v1\.(Micro)?Time)$/, 'a text'],
  [/^\[\]/, 'a list'],
  [/^map\[/, 'a mapping'],
];

/** Of a type with a name of its own (`v1.PullPolicy`, `v1.Container`): it is a text or a mapping, and not what was given. */
function namedWanted(given: string): string {
  if (given === 'string') return 'a mapping';
  return given === 'object' ? 'a text' : 'a text or a mapping';
}

/** The reason of a refusal in plain words; what is not about a type stays as it is. */
export function plainType(message: string, field: string): string {
  const [, given = '', number, type = ''] = MISMATCH.exec(message) ?? [];
  const meant = GIVEN[given];
  const wanted = WANTED.find(([pattern]) => pattern.test(type))?.[1] ?? namedWanted(given);
  return meant === undefined ? message : `${field}: ${wanted} is expected, not ${number ?? meant} (${message})`;
}
