/** A command could not do what it was asked for, for a reason that its message says: no stack is wanted. */
export class CommandFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CommandFailed";
  }
}
