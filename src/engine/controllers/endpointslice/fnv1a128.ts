/** FNV-1a with 128 bits over the bytes of an ASCII text, as Go's hash/fnv computes it. */

const OFFSET_BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;
const BITS = 128;

/** The hash as a number. */
export function fnv1a128(text: string): bigint {
  let hash = OFFSET_BASIS;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(BITS, (hash ^ BigInt(text.charCodeAt(index))) * PRIME);
  }
  return hash;
}
