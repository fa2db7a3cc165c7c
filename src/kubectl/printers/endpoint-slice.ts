/** EndpointSlice as a table row. Follows printEndpointSlice in pkg/printers/internalversion/printers.go. */
import type { EndpointSlice } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

const SHOWN = 3;

function firstFew(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).join(',');
  if (texts.length > SHOWN) return `${shown} + ${texts.length - SHOWN} more...`;
  return shown || '<unset>';
}

/** EndpointSlice. */
export const endpointSlicePrinter: Printer<EndpointSlice> = {
  columns: columns('NAME,ADDRESSTYPE,PORTS,ENDPOINTS,AGE'),
  row: (slice, clock) => [
    slice.metadata.name,
    slice.addressType,
    firstFew((slice.ports ?? []).map(({ port, name }) => String(port ?? name ?? '*'))),
    firstFew((slice.endpoints ?? []).flatMap(({ addresses }) => addresses)),
    ageOf(slice, clock),
  ],
};
