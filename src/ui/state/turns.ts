/**
 * Whatever a person does, one after the other: each begins where the one before has led, however quickly they follow
 * each other. What runs within a turn takes none itself, for it would wait for its own end.
 */
export class Turns {
  /** Over once all that was done so far is done. */
  atRest: Promise<unknown> = Promise.resolve();
  private open = 0;

  /** `before`: as something is about to be done, what is still being typed goes first. `begin`: what each turn begins with. */
  constructor(
    readonly before: () => void = () => undefined,
    private readonly begin: () => Promise<void> | undefined = () => undefined,
  ) {}

  /** Whether something is being done. */
  get isBusy(): boolean {
    return this.open > 0;
  }

  /** Does something once everything before it is done. */
  take<T>(task: () => Promise<T>): Promise<T> {
    this.before();
    this.open += 1;
    const whole = async (): Promise<T> => {
      await this.begin();
      return task();
    };
    const turn = this.atRest.then(whole).finally(() => {
      this.open -= 1;
    });
    this.atRest = turn.catch(() => undefined);
    return turn;
  }
}
