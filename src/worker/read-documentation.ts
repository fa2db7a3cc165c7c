/**
 * The documentation of fields in the worker: a file beside the page, fetched when a command first asks for it. The worker waits for it, so that
 * a command that explains something ends at the same virtual moment everywhere.
 */

import type { Documentation } from '../kubectl/explain/documentation';
import url from '../kubectl/explain/documentation.generated.json?url';

/** Undefined when it can't be had. */
export function readDocumentation(): Documentation | undefined {
  const request = new XMLHttpRequest();
  request.open('GET', new URL(url, self.location.href), false);
  try {
    request.send();
    return request.status === 200 ? (JSON.parse(request.responseText) as Documentation) : undefined;
  } catch {
    return undefined;
  }
}
