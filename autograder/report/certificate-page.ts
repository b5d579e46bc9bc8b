/** The page of a certificate, for staff: a single HTML file that needs nothing else and runs nothing. */
import type { Certificate } from '../../contract/certificate.ts';
import type { Assignment } from '../../contract/rubric.ts';
import { certificateBody } from './certificate-template.ts';
import { type CertificateView, type Measured, viewCertificate } from './certificate-view.ts';
import { pageOf } from './html.ts';

const draw = pageOf<CertificateView>(certificateBody, {});

export function certificatePage(certificate: Certificate, assignment: Assignment, handIns: readonly Measured[]): string {
  return draw(viewCertificate(certificate, assignment, handIns));
}
