/** The option that every command has which reads the configuration. */
export interface ConfigOption {
  /** A YAML file that must exist; undefined: config.yaml in the working folder, if it is there. */
  readonly config?: string;
}
