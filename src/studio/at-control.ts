/** An error with the control of the page that it is about. */
export class AtControl extends Error {
  readonly control: string | null;

  constructor(cause: unknown, control: string | null) {
    super('', { cause });
    this.control = control;
  }
}
