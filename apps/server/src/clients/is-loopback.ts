/** Whether an IP address is one of this machine's loopback addresses, IPv4 in IPv6 included. O(1). */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(address);
}
