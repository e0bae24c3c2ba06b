/** A language's compiled messages: those without arguments, and functions; both trees together have all keys. */
declare module "virtual:messages/*" {
  export const constants: object;
  export const functions: object;
}
