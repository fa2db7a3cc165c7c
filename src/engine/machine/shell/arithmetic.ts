/** Integer arithmetic of the shell's `$((…))`. Follows POSIX.1-2017, Shell Command Language, 2.6.4, without comparisons and assignments. */

/** Integer arithmetic with + - * / % and brackets; anything else is 0. */
export function arithmetic(source: string, variable: (name: string) => string): number {
  const tokens = source.match(/\d+|[A-Za-z_]\w*|[-+*/%()]/g) ?? [];
  let position = 0;
  const primary = (): number => {
    const token = tokens[position++] ?? '0';
    if (token === '-') return -primary();
    if (token !== '(') return Number(/^\d/.test(token) ? token : variable(token) || 0) || 0;
    const inner = sum();
    position++;
    return inner;
  };
  const product = (): number => {
    let value = primary();
    for (;;) {
      const operator = tokens[position];
      if (operator !== '*' && operator !== '/' && operator !== '%') return value;
      position++;
      const right = primary();
      value =
        operator === '*'
          ? value * right
          : right === 0
            ? 0
            : operator === '/'
              ? Math.trunc(value / right)
              : value % right;
    }
  };
  const sum = (): number => {
    let value = product();
    for (let operator = tokens[position]; operator === '+' || operator === '-'; operator = tokens[position]) {
      position++;
      const right = product();
      value = operator === '+' ? value + right : value - right;
    }
    return value;
  };
  return sum();
}
