# The proposed zones of ../proposed as a team keeps them that publishes with Terraform.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_route53_zone" "example" {
  name = "example.com"
}

resource "aws_route53_zone" "reverse" {
  name = "113.0.203.in-addr.arpa"
}

locals {
  hosts = {
    ns1   = "192.0.2.53"
    mail  = "203.0.113.25"
    mail2 = "203.0.113.26"
    www   = "198.51.100.80"
  }
  pointers = {
    25 = "mail2.example.com"
    26 = "mail2.example.com"
    33 = "lists.example.com"
  }
}

resource "aws_route53_record" "mx" {
  zone_id = aws_route53_zone.example.zone_id
  name    = ""
  type    = "MX"
  ttl     = 3600
  records = ["10 mail.example.com", "20 mail2.example.com.example.com"]
}

resource "aws_route53_record" "spf" {
  zone_id = aws_route53_zone.example.zone_id
  name    = ""
  type    = "TXT"
  ttl     = 3600
  records = ["v=spf1 mx -all"]
}

resource "aws_route53_record" "host" {
  for_each = local.hosts

  zone_id = aws_route53_zone.example.zone_id
  name    = each.key
  type    = "A"
  ttl     = 3600
  records = [each.value]
}

resource "aws_route53_record" "news" {
  zone_id = aws_route53_zone.example.zone_id
  name    = "news"
  type    = "CNAME"
  ttl     = 3600
  records = ["www.example.com"]
}

resource "aws_route53_record" "pointer" {
  for_each = local.pointers

  zone_id = aws_route53_zone.reverse.zone_id
  name    = each.key
  type    = "PTR"
  ttl     = 3600
  records = [each.value]
}
