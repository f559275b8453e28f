variable "name" {
  type = string
}

resource "aws_route53_zone" "this" {
  name = var.name
}

output "id" {
  value = aws_route53_zone.this.zone_id
}

output "servers" {
  value = aws_route53_zone.this.name_servers
}
