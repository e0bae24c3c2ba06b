/** Lines about MQTT, our entities, topics or templates that are more than information. Others are the machine's. */
export function complaints(log: string): string[] {
  const entries = log.split(/\n(?=\d{4}-\d\d-\d\d )/);
  return entries.filter(
    (entry) =>
      /^\S+ \S+ (WARNING|ERROR|CRITICAL) /.test(entry) &&
      /mqtt|template|value_json|faces|event\.|blueprint|automation/i.test(entry) &&
      // Home Assistant's own: a device trigger that once moved from one form of discovery to the other leaves a listener.
      !/helpers\.dispatcher\] Unable to remove unknown dispatcher .*MqttDeviceTrigger/.test(entry) &&
      // Broker restarts of the suite's own making.
      !/(paho\.mqtt\.client\]|Disconnected from MQTT server|Failed to connect to MQTT server|Error returned from MQTT server)/.test(
        entry,
      ),
  );
}
