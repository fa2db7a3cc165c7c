/** What kubectl says of a refused manifest, cut down to the reason: what people want to read first. */

/** How apply.go begins what goes wrong with one file; the patch it prints in between is escaped JSON of any length. */
const PREAMBLES: readonly RegExp[] = [
  /^Error from server(?: \(\w+\))?: /,
  /^error: /,
  /^error when applying patch:\n[\s\S]*?\nfor: "[^"\n]*": /,
  /^error when retrieving current configuration of:\n[\s\S]*?\nfrom server for: "[^"\n]*": /,
  /^error (?:when )?(?:creating|patching|replacing|validating) "[^"\n]*": /,
  /^error validating data: /,
  /^resource mapping not found for name: "[^"]*" namespace: "[^"]*" from "[^"]*": /,
  /^The request is invalid: patch: Invalid value: "(?:[^"\\]|\\.)*": /,
];

/** What comes before unknown fields; in front of it stands the whole patch once more. */
const STRICT = 'strict decoding error: ';

/** What the server says of a value of the wrong type in a patch; which one it is, validating the manifest tells. */
const WRONG_TYPE = /^unrecognized type: (\w+)$/;

/** Whether a reason says no more than that some value has the wrong type. */
export const isVague = (reason: string): boolean => reason.startsWith('a value has the wrong type');

/** How each message of kubectl's begins: those of one call follow one another. */
const BEGINNING = /^(?=Error from server|error: |The \S+ "|The request |Warning: )/m;

/** The reasons in what a failed `kubectl apply` printed on standard error, one for each manifest that was refused. */
export function plainReasons(stderr: string): string[] {
  return stderr
    .split(BEGINNING)
    .filter((message) => message.trim() !== '' && !message.startsWith('Warning: '))
    .map(plainReason);
}

function plainReason(message: string): string {
  let rest = message.trim();
  for (;;) {
    const preamble = PREAMBLES.find((each) => each.test(rest));
    if (!preamble) break;
    rest = rest.replace(preamble, '');
  }
  const wrongType = WRONG_TYPE.exec(rest);
  if (wrongType) return `a value has the wrong type, ${wrongType[1]} is expected`;
  // What to do about it is for those who know that the kind is one of their own.
  rest = rest.replace(/\nensure CRDs are installed first$/, '');
  const strict = rest.lastIndexOf(STRICT);
  if (strict >= 0) return rest.slice(strict + STRICT.length);
  const invalid = /^(?:The (\S+) "([^"]*)" is invalid|(\S+) "([^"]*)" is invalid): ([\s\S]*)$/.exec(rest);
  if (!invalid) return rest;
  const title = `${invalid[1] ?? invalid[3]?.split('.')[0]} ${invalid[2] ?? invalid[4]}`;
  return `${title}: ${(invalid[5] as string).trim().replace(/^\* /, '').split('\n* ').map(withoutValue).join('; ')}`;
}

/** The value is what people have just typed: `spec.selector: Invalid value: {…}: field is immutable` without it. */
function withoutValue(cause: string): string {
  return cause.replace(/^([^\s:]+): Invalid value: (?:"(?:[^"\\]|\\.)*"|[[{][\s\S]*[\]}]|\S+): /, '$1: ');
}
