/** A binary heap in a plain array, so that a component's memory and a checkpoint can hold it. */

/** Negative when `a` comes before `b`; never 0 for different items. */
export type Compare<T> = (a: T, b: T) => number;

/** Adds an item. */
export function pushHeap<T>(heap: T[], item: T, compare: Compare<T>): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as T;
    if (compare(above, item) <= 0) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
}

/** Takes the first item out. */
export function popHeap<T>(heap: T[], compare: Compare<T>): T | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1] as T, heap[child] as T) < 0) child++;
    if (compare(last, heap[child] as T) <= 0) break;
    heap[index] = heap[child] as T;
    index = child;
  }
  heap[index] = last;
  return first;
}
