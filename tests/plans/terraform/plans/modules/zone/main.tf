variable "names" {
  type = list(string)
}

resource "aws_route53_zone" "this" {
  for_each = toset(var.names)
  name     = each.key
}

resource "aws_route53_zone" "first" {
  count = 1
  name  = "first.${var.names[0]}"
}

output "ids" {
  value = { for name, zone in aws_route53_zone.this : name => zone.zone_id }
}

output "first" {
  value = aws_route53_zone.first[0].zone_id
}
