variable "zone_id" {
  type = string
}

variable "domain" {
  type = string
}

locals {
  text = <<-EOT
    resource "aws_route53_record" "this" {
  EOT
}

resource "aws_route53_record" "this" {
  for_each = { "MX" = "0 .", "TXT" = "v=spf1 -all" }
  zone_id  = var.zone_id
  name     = var.domain
  type     = each.key
  ttl      = 86400
  records  = [each.value]
}

output "name" {
  value = var.domain
}
