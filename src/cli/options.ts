/** The option of all commands that read the configuration. */
export interface ConfigOption {
  /** A YAML file that must exist; defaults to config.yaml in the working folder, if there is one. */
  readonly config?: string;
}
