/** The door to networks of a student's own: trained in the box, measured and judged outside. */
export { judgeNetworks, type NetworksVerdict } from './judge-networks.ts';
export { trainNetworks, type Training } from './train-networks.ts';
