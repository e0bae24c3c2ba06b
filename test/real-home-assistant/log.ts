/** Lines about MQTT, our entities, topics or templates that are more than information. Others are the machine's. */
export function complaints(log: string): string[] {
  const entries = log.split(/\n(?=\d{4}-\d\d-\d\d )/);
  return entries.filter(
    (entry) =>
      /^\S+ \S+ (WARNING|ERROR|CRITICAL) /.test(entry) &&
      /mqtt|dispatcher|template|value_json|faces|event\.|blueprint|automation/i.test(entry) &&
      // Broker restarts of the suite's own making.
      !/(paho\.mqtt\.client\]|Disconnected from MQTT server|Failed to connect to MQTT server|Error returned from MQTT server)/.test(
        entry,
      ),
  );
}
